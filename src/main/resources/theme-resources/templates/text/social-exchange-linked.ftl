<#ftl output_format="plainText">
${msg("socialExchange-linkedBody", providerName, realmName, foreignName)}

${msg("socialExchange-interaction-linked-undo", undoDays)}
${undoLink}

${msg("socialExchange-interaction-linked-more")}
