package io.gantry.cli.image;

import io.gantry.cli.CliException;
import java.util.regex.Pattern;

/// Image names as Docker reads them: `nginx:1.21` is `docker.io/library/nginx:1.21`.
public final class ImageReference {
    private static final Pattern FORM = Pattern.compile(
            "[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\\.[a-z0-9-]+)*(?::\\d+)?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?::[\\w][\\w.-]{0,127})?");

    private ImageReference() {}

    /// The full name with host and tag.
    public static String normalize(String name) {
        if (!FORM.matcher(name).matches()) {
            throw new CliException("\"" + name + "\" is no image name: write NAME:TAG or HOST/NAME:TAG in lower case");
        }
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        String full = host ? name : "docker.io/" + (slash < 0 ? "library/" + name : name);
        return full.lastIndexOf(':') > full.lastIndexOf('/') ? full : full + ":latest";
    }
}
