<#ftl output_format="HTML">
<html>
<body>
<p>${msg("socialExchange-linkedBody", providerName, realmName)}</p>
</body>
</html>
