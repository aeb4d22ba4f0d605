<#import "template.ftl" as layout>
<#import "social-exchange-account.ftl" as account>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("socialExchange-interaction-unlink-title", foreignProvider)}
    <#elseif section = "form">
        <form id="kc-social-exchange-unlink-form" class="${properties.kcFormClass!}" action="${unlinkToken}" method="post">
            <div class="${properties.kcFormGroupClass!}">
                <p>${msg("socialExchange-interaction-unlink-text", foreignProvider, foreignName)}</p>
            </div>
            <div class="${properties.kcFormGroupClass!}">
                <p>${msg("socialExchange-interaction-unlink-consequence")}</p>
            </div>
            <@account.buttons>
                <@account.button id="kc-unlink" name="unlink" value="true" kind="primary">${msg("socialExchange-interaction-unlink-do")}</@account.button>
            </@account.buttons>
        </form>
    </#if>
</@layout.registrationLayout>
