<#-- Which account of a provider a page is about, and in which app the login began. -->
<#macro facts provider name vouched app>
    <dl id="kc-social-exchange-facts" class="pf-v5-c-description-list pf-m-compact">
        <div class="pf-v5-c-description-list__group">
            <dt class="pf-v5-c-description-list__term"><span class="pf-v5-c-description-list__text">${msg("socialExchange-interaction-account", provider)}</span></dt>
            <dd class="pf-v5-c-description-list__description">
                <strong id="kc-social-exchange-account"><bdi>${name}</bdi></strong><br>
                <span id="kc-social-exchange-vouched"><#if vouched>${msg("socialExchange-interaction-account-vouched", provider)}<#else>${msg("socialExchange-interaction-account-claimed", provider)}</#if></span>
            </dd>
        </div>
        <div class="pf-v5-c-description-list__group">
            <dt class="pf-v5-c-description-list__term"><span class="pf-v5-c-description-list__text">${msg("socialExchange-interaction-app")}</span></dt>
            <dd class="pf-v5-c-description-list__description"><bdi>${app}</bdi></dd>
        </div>
    </dl>
</#macro>

<#macro warning id>
    <div id="${id}" class="${properties.kcAlertClass!} pf-v5-u-mb-0 pf-m-warning alert-warning">
        <div class="${properties.kcAlertIconClass!}"><span class="${properties.kcFeedbackWarningIcon!}"></span></div>
        <span class="${properties.kcAlertTitleClass!}"><#nested></span>
    </div>
</#macro>

<#macro buttons>
    <div class="${properties.kcFormGroupClass!} pf-v5-l-stack pf-m-gutter"><#nested></div>
</#macro>

<#macro button id name value kind>
    <button id="${id}" name="${name}" value="${value}" type="submit" class="pf-v5-l-stack__item ${properties.kcButtonClass!} ${(kind == "primary")?then(properties.kcButtonPrimaryClass!, properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!)} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}"><#nested></button>
</#macro>
