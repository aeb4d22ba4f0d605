package dev.socialexchange.keycloak.descriptor;

/**
 * Where in a signal stands what. A JWT's claims are in {@code /token}, its event in {@code /event}, that event's type in {@code
 * /type}; a signed body is in {@code /body}, its header fields, in lower case, in {@code /header}, and the words of its signature's
 * format in {@code /written}; a signed request is as it is.
 *
 * @param json texts that are JSON themselves, and are read in their places
 * @param ours our client id, which all but JWTs may name: the first has to be there, and to be ours
 * @param signedAt when it was signed, where that must be a moment ago
 * @param window seconds that this moment may be long, either way
 * @param time when it happened; empty for when it was told
 * @param maxAge seconds after which nothing is done any more
 * @param id what it is told apart from others by; empty for all of what is signed
 * @param subject whom it is about: all that is there must agree, unless it is a list of several
 * @param subjectPrefix what stands before that id, as in {@code identity}
 * @param subjectIssuer who knows the subject by that id; each that is there must be one of the issuers
 */
public record SignalPlaces(
        @Key("Texts that are JSON themselves, and are read as such in their places") Pointers json,
        @Key("Where our client id stands, if it does: it has to be there then, and ours") Pointers ours,
        @Key("When it was signed, in seconds since 1970, or as ISO 8601, where that must be a moment ago")
                Pointers signedAt,
        @Key(value = "Seconds that this may be ago; 300 if not given", otherwise = "300") Integer window,
        @Key(
                        "When it happened: seconds or milliseconds since 1970, or ISO 8601; of several, the first that is there. When it was told, if not given")
                Pointers time,
        @Key(value = "Seconds after which it is too late for it; seven days if not given", otherwise = "604800")
                Integer maxAge,
        @Key("What tells it from others; all of what is signed, if not given") Pointers id,
        @Key("The id of the person: of several places, all that are there must agree. A list is several people")
                Pointers subject,
        @Key("Where what stands before that id stands, as idPrefix of identity") Pointers subjectPrefix,
        @Key("Where it says who knows the person by that id; what is there must be one of the issuers")
                Pointers subjectIssuer) {

    public SignalPlaces {
        if (window < 1 || maxAge < 1) {
            throw new IllegalArgumentException("window and maxAge are seconds, and some");
        }
    }
}
