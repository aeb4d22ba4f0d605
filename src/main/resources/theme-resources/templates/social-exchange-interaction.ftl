<#import "template.ftl" as layout>
<#assign clientName><#if client.name?has_content>${advancedMsg(client.name)}<#else>${client.clientId}</#if></#assign>
<@layout.registrationLayout; section>
    <#if section = "header">
        ${msg("socialExchange-interaction-title", interactionAccount)}
    <#elseif section = "form">
        <form id="kc-social-exchange-form" class="${properties.kcFormClass!}" action="${interactionId}" method="post">
            <input type="hidden" name="token" value="${interactionToken}">
            <div class="${properties.kcFormGroupClass!}">
                <p>${msg("socialExchange-interaction-text", interactionProvider, interactionAccount)} <strong>${clientName}</strong></p>
            </div>
            <#if interactionSignedInAs?has_content>
                <div id="kc-social-exchange-signed-in" class="${properties.kcAlertClass!} pf-m-warning alert-warning">
                    <div class="${properties.kcAlertIconClass!}"><span class="${properties.kcFeedbackWarningIcon!}"></span></div>
                    <span class="${properties.kcAlertTitleClass!}">${msg("socialExchange-interaction-signed-in", interactionSignedInAs)}</span>
                </div>
            </#if>
            <div class="${properties.kcFormGroupClass!}">
                <p>${msg("socialExchange-interaction-caution")}</p>
            </div>
            <div class="${properties.kcFormGroupClass!}">
                <button id="kc-continue" type="submit" class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}"><#if interactionSignedInAs?has_content>${msg("socialExchange-interaction-switch")}<#else>${msg("doContinue")}</#if></button>
            </div>
            <div class="${properties.kcFormGroupClass!}">
                <button id="kc-cancel" name="cancel" value="true" type="submit" class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${msg("doCancel")}</button>
            </div>
        </form>
    </#if>
</@layout.registrationLayout>
