<#ftl output_format="HTML">
<html>
<body>
<p>${msg("socialExchange-linkedBody", providerName, realmName, foreignName)}</p>
<p>${msg("socialExchange-interaction-linked-undo", undoDays)}<br><a href="${undoLink}">${msg("socialExchange-interaction-linked-undo-link")}</a></p>
<p>${msg("socialExchange-interaction-linked-more")}</p>
</body>
</html>
