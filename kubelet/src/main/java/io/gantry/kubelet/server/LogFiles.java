package io.gantry.kubelet.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The host's log files, by `/logs/…` (upstream `enableSystemLogHandler`): a listing of a folder, or a file's bytes.
///
/// @param root what `/logs/` shows
record LogFiles(Path root) {
    static final LogFiles OF_HOST = new LogFiles(Path.of("/var/log"));

    /// @param path below the root
    /// @throws HttpFailure 404 for what is not there or leaves the root
    void serve(List<String> path, HttpConnection connection) throws IOException, HttpFailure {
        Path wanted = find(path);
        if (Files.isDirectory(wanted)) {
            connection.answer(200, "text/html; charset=utf-8", listing(wanted).getBytes(StandardCharsets.UTF_8));
            return;
        }
        try (OutputStream out = connection.stream("text/plain; charset=utf-8")) {
            Files.copy(wanted, out);
        }
    }

    Path find(List<String> path) throws HttpFailure {
        Path wanted = root;
        for (String segment : path) {
            if (segment.equals("..") || segment.contains("/") || segment.indexOf(0) >= 0) {
                throw new HttpFailure(404, "404 page not found");
            }
            wanted = wanted.resolve(segment);
        }
        if (!Files.isDirectory(wanted) && !Files.isRegularFile(wanted)) {
            throw new HttpFailure(404, "404 page not found");
        }
        return wanted;
    }

    static String listing(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""))
                    .sorted()
                    .map(LogFiles::link)
                    .collect(Collectors.joining(
                            "\n",
                            "<!doctype html>\n<meta name=\"viewport\" " + "content=\"width=device-width\">\n<pre>\n",
                            "\n</pre>\n"));
        }
    }

    private static String link(String name) {
        String text = name.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;");
        return "<a href=\"" + text + "\">" + text + "</a>";
    }
}
