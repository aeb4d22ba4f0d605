package com.example.api;

import static org.springframework.security.config.http.SessionCreationPolicy.STATELESS;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;

/** Who may do what: a role of this API is {@code ROLE_…}, one of the realm {@code REALM_…}, so that neither is taken for the other. */
@Configuration
class Security {

    @Bean
    SecurityFilterChain api(HttpSecurity http, Realm realm) throws Exception {
        JwtAuthenticationConverter person = new JwtAuthenticationConverter(); // whose name is the token's sub
        person.setJwtGrantedAuthoritiesConverter(jwt -> RealmTokens.roles(jwt, realm.audience()).entrySet().stream()
                .flatMap(roles -> roles.getValue().stream()
                        .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(roles.getKey() + role)))
                .toList());
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/things/**")
                        .hasRole("editor")
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(person)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(STATELESS))
                .csrf(AbstractHttpConfigurer::disable) // a browser adds no Authorization header by itself
                .build();
    }
}
