<#import "template.ftl" as layout>
<#import "social-exchange-account.ftl" as account>
<#assign clientName><#if client.name?has_content>${advancedMsg(client.name)}<#else>${client.clientId}</#if></#assign>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("socialExchange-interaction-link-title", foreignProvider)}
    <#elseif section = "form">
        <form id="kc-social-exchange-link-form" class="${properties.kcFormClass!}" action="${linkAction}" method="get">
            <#list linkParameters as name, value>
                <input type="hidden" name="${name}" value="${value}">
            </#list>
            <div class="${properties.kcFormGroupClass!}">
                <p>${msg("socialExchange-interaction-link-mail")}</p>
            </div>
            <div class="${properties.kcFormGroupClass!}">
                <@account.facts provider=foreignProvider name=foreignName vouched=foreignVouched app=clientName/>
            </div>
            <@account.warning id="kc-social-exchange-consequence">${msg("socialExchange-interaction-link-consequence")}</@account.warning>
            <@account.buttons>
                <@account.button id="kc-not-mine" name="not_mine" value="true" kind="primary">${msg("socialExchange-interaction-notMine")}</@account.button>
                <@account.button id="kc-proceed" name="link" value="true" kind="secondary">${msg("socialExchange-interaction-link-confirm")}</@account.button>
            </@account.buttons>
        </form>
    </#if>
</@layout.registrationLayout>
