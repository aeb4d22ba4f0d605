package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From what a source keeps of an account to what the realm finds it by. An id that differs by one character makes a second user of the person, so what is
 * not certain is lost rather than guessed.
 */
final class IdTranslator {
    /** What languages write where there was no id: all such people would share one account. */
    private static final Set<String> NOTHING = Set.of("", "none", "null", "undefined", "nan");

    private final Map<String, Rule> rules;
    private final IdShapes shapes;
    private final Map<String, String> aliases;

    /** @param type of the identity provider, and the alias unless somebody says another */
    private record Rule(String type, IdRule kind) {

        static Rule of(String line) {
            String[] words = line.strip().split(" +");
            return new Rule(words[0], IdRule.valueOf(words[1].toUpperCase(Locale.ROOT)));
        }
    }

    private IdTranslator(Map<String, Rule> rules, IdShapes shapes, Map<String, String> aliases) {
        this.rules = rules;
        this.shapes = shapes;
        this.aliases = aliases;
    }

    /**
     * @param source whose names of providers they are
     * @param aliases by these names, where the realm has others than usual
     */
    static IdTranslator of(String source, Map<String, String> aliases) {
        return new IdTranslator(
                Lines.of("/ids/" + source + ".properties").entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, line -> Rule.of(line.getValue()))),
                IdShapes.shipped(),
                aliases);
    }

    /**
     * @param provider as the source names it
     * @param kept what the source has beside the id, possibly nothing
     */
    IdTranslation translate(String provider, String id, JsonNode kept) {
        Rule rule = rules.get(provider);
        String alias = aliases.get(provider);
        if (rule == null) {
            return alias == null
                    ? new IdTranslation.Lost(provider, "provider_unknown")
                    : known(alias, provider, id, "id_shape");
        }
        if (rule.kind() == IdRule.NONE) {
            return new IdTranslation.Nothing();
        }
        return translate(rule, alias == null ? rule.type() : alias, id == null ? "" : id, kept);
    }

    private IdTranslation translate(Rule rule, String alias, String id, JsonNode kept) {
        if (NOTHING.contains(id.strip().toLowerCase(Locale.ROOT))) {
            return new IdTranslation.Lost(alias, "id_missing");
        }
        return switch (rule.kind()) {
            case SAME -> known(alias, rule.type(), id, "id_shape");
            case SUB ->
                shapes.fits(rule.type(), id)
                        ? new IdTranslation.Known(alias, id)
                        : known(alias, rule.type(), claim(kept, "sub"), "id_is_address");
            case OID -> known(alias, rule.type(), claim(kept, "oid"), "id_is_of_one_app");
            case TEAM -> known(alias, rule.type(), team(kept).map(team -> team + '_' + id), "id_without_team");
            case RESOLVE -> new IdTranslation.Lost(alias, "id_only_provider_knows");
            case NONE -> new IdTranslation.Nothing();
        };
    }

    private IdTranslation known(String alias, String type, String id, String reason) {
        return known(alias, type, Optional.ofNullable(id), reason);
    }

    private IdTranslation known(String alias, String type, Optional<String> id, String reason) {
        return id.filter(found -> !NOTHING.contains(found.strip().toLowerCase(Locale.ROOT)))
                .filter(found -> shapes.fits(type, found))
                .<IdTranslation>map(found -> new IdTranslation.Known(alias, found))
                .orElseGet(() -> new IdTranslation.Lost(alias, reason));
    }

    /** Of an id token that the source has kept: as good as the row that it stands in, which nobody has signed either. */
    private static Optional<String> claim(JsonNode kept, String name) {
        String token = kept.path("id_token").asText(kept.path("idToken").asText(""));
        return Jwt.claims(token)
                .map(claims -> claims.path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    private static Optional<String> team(JsonNode kept) {
        return Optional.of(kept.at("/team/id").asText(kept.path("team_id").asText("")))
                .filter(team -> !team.isBlank());
    }
}
