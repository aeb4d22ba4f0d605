<#ftl output_format="HTML">
<html>
<body>
<p>${msg("socialExchange-interaction-deletion-mail-body", providerName, realmName, deletionDay)}</p>
<p>${msg("socialExchange-interaction-deletion-mail-not-you", providerName)}</p>
<p>${msg("socialExchange-interaction-deletion-mail-yours")}</p>
</body>
</html>
