package com.example.api;

import java.util.List;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Things {

    /** The person's name in this API is their {@code sub}: an address or a username may become somebody else's. */
    @GetMapping("/me")
    Map<String, Object> me(Authentication person) {
        return Map.of(
                "subject", person.getName(),
                "authorities",
                        person.getAuthorities().stream().map(GrantedAuthority::getAuthority).sorted().toList());
    }

    @GetMapping("/things")
    List<String> things() {
        return List.of("a thing");
    }
}
