<#ftl output_format="plainText">
${msg("socialExchange-interaction-resumeBody", providerName, realmName)}

${msg("socialExchange-interaction-suspended-mail-link", resumeMinutes)}
${resumeLink}

${msg("socialExchange-interaction-suspended-mail-not-you", providerName)}
