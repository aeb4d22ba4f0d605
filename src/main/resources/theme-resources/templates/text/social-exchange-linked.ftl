<#ftl output_format="plainText">
${msg("socialExchange-linkedBody", providerName, realmName)}
