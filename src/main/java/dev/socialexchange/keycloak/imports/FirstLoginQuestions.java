package dev.socialexchange.keycloak.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;

/** What the realm will ask somebody for at their first login. A name and an address that are there have been validated, and are nobody else's. */
final class FirstLoginQuestions {
    private static final Set<String> LOOKED_FOR = Set.of(UserModel.USERNAME, UserModel.EMAIL);

    private final UserProfileProvider profiles;

    FirstLoginQuestions(UserProfileProvider profiles) {
        this.profiles = profiles;
    }

    @SuppressWarnings("unchecked") // an array of listeners
    List<Found> of(UserModel user) {
        List<Found> found = new ArrayList<>();
        Attributes theirs =
                profiles.create(UserProfileContext.UPDATE_PROFILE, user).getAttributes();
        theirs.nameSet().stream()
                .filter(name -> !LOOKED_FOR.contains(name) || theirs.getFirst(name) == null)
                .sorted()
                .forEach(name ->
                        theirs.validate(name, error -> found.add(new Found("will_be_asked", error.getInputHint()))));
        return found;
    }
}
