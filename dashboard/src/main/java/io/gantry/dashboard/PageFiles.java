package io.gantry.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The page's own files: below `page/` beside this class.
final class PageFiles {
    private static final Pattern NAME = Pattern.compile("/(?:[a-z0-9-]+/)?[a-z0-9-]+\\.(?:html|css|js|svg)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /// A file.
    record PageFile(String type, byte[] bytes) {}

    private PageFiles() {}

    /// The file of a path; `/` is the page itself.
    static Optional<PageFile> find(String path) throws IOException {
        String name = path.equals("/") ? "/index.html" : path;
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (InputStream in = PageFiles.class.getResourceAsStream("page" + name)) {
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
            return in == null ? Optional.empty() : Optional.of(new PageFile(type, in.readAllBytes()));
        }
    }
}
