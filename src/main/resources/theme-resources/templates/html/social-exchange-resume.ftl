<#ftl output_format="HTML">
<html>
<body>
<p>${msg("socialExchange-interaction-resumeBody", providerName, realmName)}</p>
<p>${msg("socialExchange-interaction-suspended-mail-link", resumeMinutes)}<br><a href="${resumeLink}">${msg("socialExchange-interaction-suspended-mail-link-text")}</a></p>
<p>${msg("socialExchange-interaction-suspended-mail-not-you", providerName)}</p>
</body>
</html>
