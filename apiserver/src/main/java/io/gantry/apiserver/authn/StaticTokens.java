package io.gantry.apiserver.authn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tokens of a file (`--token-auth-file`): lines of token, user, uid and, in quotes, groups with commas between them.
/// The file is read once.
public final class StaticTokens implements TokenAuthenticator {
    private static final int USER = 1;
    private static final int UID = 2;
    private static final int GROUPS = 3;

    private record Known(byte[] token, UserInfo user) {}

    private final List<Known> known;

    private StaticTokens(List<Known> known) {
        this.known = List.copyOf(known);
    }

    /// @throws IllegalArgumentException for a line with too little in it
    /// @throws IOException when the file cannot be read
    public static StaticTokens load(Path file) throws IOException {
        List<Known> known = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                known.add(known(file, cells(line)));
            }
        }
        return new StaticTokens(known);
    }

    private static Known known(Path file, List<String> cells) {
        if (cells.size() < GROUPS) {
            throw new IllegalArgumentException("token file '" + file
                    + "' must have at least 3 columns (token, user name, user uid), found " + cells.size());
        }
        if (cells.getFirst().isEmpty()) {
            throw new IllegalArgumentException("token file '" + file + "': an empty token");
        }
        List<String> groups = cells.size() == GROUPS
                ? List.of()
                : Arrays.stream(cells.get(GROUPS).split(","))
                        .map(String::trim)
                        .filter(group -> !group.isEmpty())
                        .toList();
        return new Known(
                cells.getFirst().getBytes(StandardCharsets.UTF_8),
                new UserInfo(cells.get(USER), cells.get(UID), groups, Map.of()));
    }

    /// A line of comma-separated values, some in double quotes.
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    @Override
    public Optional<Authenticated> authenticate(String token) {
        byte[] sent = token.getBytes(StandardCharsets.UTF_8);
        Optional<Authenticated> found = Optional.empty();
        for (Known one : known) {
            if (MessageDigest.isEqual(sent, one.token())) {
                found = Optional.of(new Authenticated(one.user(), List.of(), Instant.MAX));
            }
        }
        return found;
    }
}
