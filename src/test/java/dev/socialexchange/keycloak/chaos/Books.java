package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.it.support.Postgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what is in the database with what people were told. */
record Books(Postgres postgres, String realm, Ledger ledger, Findings findings) {
    private static final String OF_REALM = " where %s = (select id from realm where name = '%s')";

    /**
     * @param users names by id
     * @param sessions how many there are by user
     */
    record Stock(List<List<String>> links, Map<String, String> users, Map<String, Integer> sessions) {}

    Stock check(Set<String> localUsers) {
        Stock stock = read();
        Map<String, List<String>> ownersOfAccounts = stock.links().stream()
                .collect(Collectors.groupingBy(
                        link -> link.get(0) + '/' + link.get(1),
                        Collectors.mapping(link -> link.get(2), Collectors.toList())));
        ownersOfAccounts.forEach((account, owners) -> {
            if (owners.size() > 1) {
                findings.add("linked to " + owners.size() + " users: " + account);
            }
        });
        for (Account account : ledger.accounts()) {
            List<String> owners = ownersOfAccounts.getOrDefault(account.key(), List.of());
            account.user()
                    .filter(user -> !owners.equals(List.of(user)))
                    .ifPresent(user -> findings.add("link lost: " + account.key()));
        }
        unlinked(stock, localUsers);
        sessions(stock);
        return stock;
    }

    /**
     * Keycloak's pages make the user in one request and the link in the next, so that who is interrupted in between has a user
     * without a link; exchanges do both at once.
     */
    private void unlinked(Stock stock, Set<String> localUsers) {
        Map<String, String> unlinked = new HashMap<>(stock.users());
        unlinked.keySet().removeAll(localUsers);
        stock.links().forEach(link -> unlinked.remove(link.get(2)));
        long begun = unlinked.values().stream()
                .filter(name -> name.startsWith(Ledger.WALKER))
                .count();
        if (begun <= ledger.interruptions()) {
            unlinked.values().removeIf(name -> name.startsWith(Ledger.WALKER)); // as Keycloak's pages leave them
        }
        if (!unlinked.isEmpty()) {
            findings.add(unlinked.size() + " users without a link: " + unlinked.values());
        }
    }

    /** As many as there were tokens that may have opened one, at most. */
    private void sessions(Stock stock) {
        Map<String, Integer> tokens = ledger.accounts().stream()
                .filter(account -> account.user().isPresent())
                .collect(Collectors.groupingBy(
                        account -> account.user().orElseThrow(), Collectors.summingInt(Account::tried)));
        tokens.forEach((user, tried) -> {
            int sessions = stock.sessions().getOrDefault(user, 0);
            if (sessions > tried) {
                findings.add("%d sessions of %d tokens: user %s".formatted(sessions, tried, user));
            }
        });
    }

    private Stock read() {
        List<List<String>> links = postgres.select(
                "select identity_provider, federated_user_id, user_id from federated_identity" + of("realm_id"));
        Map<String, String> users = postgres
                .select("select id, username from user_entity" + of("realm_id")
                        + " and service_account_client_link is null")
                .stream()
                .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
        Map<String, Integer> sessions = postgres
                .select("select user_id, count(*) from offline_user_session" + of("realm_id")
                        + " and offline_flag = '0' group by user_id")
                .stream()
                .collect(Collectors.toMap(row -> row.get(0), row -> Integer.valueOf(row.get(1))));
        return new Stock(links, users, sessions);
    }

    private String of(String column) {
        return OF_REALM.formatted(column, realm);
    }
}
