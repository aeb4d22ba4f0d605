package dev.socialexchange.keycloak.fuzz;

import dev.socialexchange.keycloak.fuzz.Attempt.Allowed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A good exchange whose parameters are missing, doubled, oversized, in odd characters, or of another exchange. */
record OddParameters(Ground ground) implements Category {
    /** Without these, as they are, it is not ours to answer. */
    private static final Set<String> KEYCLOAKS = Set.of("grant_type", "client_id", "subject_issuer");

    private static final List<String> OTHERS = List.of(
            "scope",
            "audience",
            "resource",
            "requested_token_type",
            "requested_issuer",
            "requested_subject",
            "actor_token",
            "actor_token_type",
            "nonce",
            "user",
            "redirect_uri",
            "code_verifier",
            "device_id",
            "interaction_redirect_uri",
            "interaction_code_challenge",
            "interaction_state",
            "interaction_nonce",
            "interaction_code_challenge_method",
            "client_secret",
            "subject_token[]",
            "Subject_Token",
            "claims",
            "dpop_jkt");

    private static final int KEYCLOAK_DROPS = 4_000;

    @Override
    public Attempt next(Dice dice) {
        Ground.Good good = ground.good(dice);
        List<Map.Entry<String, String>> parameters =
                new ArrayList<>(ground.request(good).parameters());
        Set<Allowed> allowed = EnumSet.of(Allowed.SUCCESS);
        StringBuilder what = new StringBuilder(good.alias() + ' ' + good.kind().id());
        for (int changes = 1 + dice.below(3); changes > 0 && !parameters.isEmpty(); changes--) {
            what.append(", ").append(change(dice, parameters, allowed));
        }
        List<Map.Entry<String, String>> sent = dice.chance(20) ? dice.shuffled(parameters) : parameters;
        return new Attempt(what.toString(), good.alias(), good.subject(), allowed, () -> ground.request(good)
                .with(sent)
                .send());
    }

    private static String change(Dice dice, List<Map.Entry<String, String>> parameters, Set<Allowed> allowed) {
        int place = dice.below(parameters.size());
        String name = parameters.get(place).getKey();
        String value = parameters.get(place).getValue();
        switch (dice.below(6)) {
            case 0 -> {
                parameters.remove(place);
                return note("without", name, "", allowed);
            }
            case 1 -> {
                parameters.add(Map.entry(name, dice.chance(50) ? value : dice.oddText()));
                allowed.add(Allowed.KEYCLOAKS_FORM);
                return "twice " + name;
            }
            case 2 -> {
                String odd = dice.oddText();
                parameters.set(place, Map.entry(name, odd));
                return note("odd", name, odd, allowed);
            }
            case 3 -> {
                String damaged = dice.damaged(value);
                parameters.set(place, Map.entry(name, damaged));
                return note("damaged", name, damaged, allowed);
            }
            default -> {
                String other = dice.one(OTHERS);
                String odd = dice.oddText();
                if (parameters.stream().anyMatch(parameter -> parameter.getKey().equals(other))) {
                    allowed.add(Allowed.KEYCLOAKS_FORM);
                }
                parameters.add(Map.entry(other, odd));
                return note("with", other, odd, allowed);
            }
        }
    }

    private static String note(String change, String name, String value, Set<Allowed> allowed) {
        if (KEYCLOAKS.contains(name) || name.equals("client_secret") || value.length() > KEYCLOAK_DROPS) {
            allowed.add(Allowed.KEYCLOAKS_FORM);
        }
        return change + ' ' + name + (value.isEmpty() ? "" : " (" + value.length() + " characters)");
    }
}
