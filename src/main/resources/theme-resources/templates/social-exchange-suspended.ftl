<#import "template.ftl" as layout>
<#import "social-exchange-account.ftl" as account>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("socialExchange-interaction-suspended-title", foreignProvider)}
    <#elseif section = "form">
        <form id="kc-social-exchange-suspended-form" class="${properties.kcFormClass!}" action="${suspendedToken}" method="post">
            <#if suspendedStep == "RESUME">
                <div class="${properties.kcFormGroupClass!}">
                    <p>${msg("socialExchange-interaction-suspended-resume", foreignProvider)}</p>
                </div>
                <@account.buttons>
                    <@account.button id="kc-resume" name="resume" value="true" kind="primary">${msg("socialExchange-interaction-suspended-resume-do")}</@account.button>
                </@account.buttons>
            <#else>
                <div class="${properties.kcFormGroupClass!}">
                    <p>${msg("socialExchange-interaction-suspended-text", foreignProvider)}</p>
                </div>
                <#if suspendedMailbox>
                    <div class="${properties.kcFormGroupClass!}">
                        <p>${msg("socialExchange-interaction-suspended-mail")}</p>
                    </div>
                    <@account.buttons>
                        <@account.button id="kc-mail" name="mail" value="true" kind="primary">${msg("socialExchange-interaction-suspended-mail-do")}</@account.button>
                    </@account.buttons>
                <#else>
                    <div class="${properties.kcFormGroupClass!}">
                        <p>${msg("socialExchange-interaction-suspended-no-mail")}</p>
                    </div>
                </#if>
            </#if>
        </form>
    </#if>
</@layout.registrationLayout>
