<#import "template.ftl" as layout>
<#import "social-exchange-account.ftl" as account>
<#assign clientName><#if client.name?has_content>${advancedMsg(client.name)}<#else>${client.clientId}</#if></#assign>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("socialExchange-interaction-link-title", foreignProvider)}
    <#elseif section = "form">
        <form id="kc-social-exchange-link-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <div class="${properties.kcFormGroupClass!}">
                <p id="kc-social-exchange-existing">${msg("socialExchange-interaction-link-" + linkBy, linkValue)}</p>
            </div>
            <div class="${properties.kcFormGroupClass!}">
                <@account.facts provider=foreignProvider name=foreignName vouched=foreignVouched app=clientName/>
            </div>
            <@account.warning id="kc-social-exchange-consequence">${msg("socialExchange-interaction-link-consequence")}</@account.warning>
            <@account.buttons>
                <@account.button id="kc-not-mine" name="submitAction" value="notMine" kind="primary">${msg("socialExchange-interaction-notMine")}</@account.button>
                <@account.button id="linkAccount" name="submitAction" value="linkAccount" kind="secondary">${msg("socialExchange-interaction-link-confirm")}</@account.button>
                <#if linkReviewable>
                    <@account.button id="updateProfile" name="submitAction" value="updateProfile" kind="secondary">${msg("confirmLinkIdpReviewProfile")}</@account.button>
                </#if>
            </@account.buttons>
        </form>
    </#if>
</@layout.registrationLayout>
