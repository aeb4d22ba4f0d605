<#import "template.ftl" as layout>
<#import "social-exchange-account.ftl" as account>
<#assign clientName><#if client.name?has_content>${advancedMsg(client.name)}<#else>${client.clientId}</#if></#assign>
<@layout.registrationLayout; section>
    <#if section = "header">
        <#if foreignVouched>${msg("socialExchange-interaction-title", foreignName)}<#else>${msg("socialExchange-interaction-title-claimed", foreignName, foreignProvider)}</#if>
    <#elseif section = "form">
        <form id="kc-social-exchange-form" class="${properties.kcFormClass!}" action="${interactionId}" method="post">
            <input type="hidden" name="token" value="${interactionToken}">
            <div class="${properties.kcFormGroupClass!}">
                <@account.facts provider=foreignProvider name=foreignName vouched=foreignVouched app=clientName/>
            </div>
            <div class="${properties.kcFormGroupClass!}">
                <p id="kc-social-exchange-consequence"><#if interactionLinked>${msg("socialExchange-interaction-linked")}<#else>${msg("socialExchange-interaction-unlinked")}</#if></p>
            </div>
            <#if !interactionArrived>
                <@account.warning id="kc-social-exchange-sent">${msg("socialExchange-interaction-sent", foreignProvider)}</@account.warning>
            </#if>
            <#if interactionSignedInAs?has_content>
                <@account.warning id="kc-social-exchange-signed-in">${msg("socialExchange-interaction-signed-in", interactionSignedInAs)}</@account.warning>
            </#if>
            <@account.buttons>
                <@account.button id="kc-continue" name="continue" value="true" kind="primary"><#if interactionSignedInAs?has_content>${msg("socialExchange-interaction-switch")}<#else>${msg("doContinue")}</#if></@account.button>
                <@account.button id="kc-not-mine" name="cancel" value="not_mine" kind="secondary">${msg("socialExchange-interaction-notMine")}</@account.button>
                <@account.button id="kc-cancel" name="cancel" value="true" kind="secondary">${msg("doCancel")}</@account.button>
            </@account.buttons>
        </form>
    </#if>
</@layout.registrationLayout>
