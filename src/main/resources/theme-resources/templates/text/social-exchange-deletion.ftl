<#ftl output_format="plainText">
${msg("socialExchange-interaction-deletion-mail-body", providerName, realmName, deletionDay)}

${msg("socialExchange-interaction-deletion-mail-not-you", providerName)}

${msg("socialExchange-interaction-deletion-mail-yours")}
