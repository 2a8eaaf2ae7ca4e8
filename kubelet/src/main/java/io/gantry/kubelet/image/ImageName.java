package io.gantry.kubelet.image;

import java.util.Optional;
import java.util.regex.Pattern;

/// Image references as container runtimes read them. Pure.
public final class ImageName {
    private static final String HUB = "docker.io";
    private static final int MAX_LENGTH = 255;
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final String DOMAIN_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final String DOMAIN =
            "(?:" + DOMAIN_PART + "(?:\\." + DOMAIN_PART + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?";
    private static final Pattern REFERENCE = Pattern.compile("((?:" + DOMAIN + "/)?" + COMPONENT + "(?:/" + COMPONENT
            + ")*)(:[\\w][\\w.-]{0,127})?(@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?");

    private ImageName() {}

    /// The reference with `:latest` where it has neither tag nor digest; empty where it is no reference.
    public static Optional<String> withTag(String image) {
        var matcher = REFERENCE.matcher(image);
        if (!matcher.matches() || matcher.group(1).length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return Optional.of(matcher.group(2) == null && matcher.group(3) == null ? image + ":latest" : image);
    }

    /// The name without tag and digest; empty where it is no reference.
    public static Optional<String> withoutTag(String image) {
        var matcher = REFERENCE.matcher(image);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// The name with its registry, as runtimes ask for it, without tag and digest: `docker.io/library/nginx`
    /// of `nginx:1`. What is no reference stays as it is.
    static String qualified(String image) {
        String name = withoutTag(image).orElse(image);
        String host = registry(name);
        String path = name.startsWith(host + "/") ? name.substring(host.length() + 1) : name;
        if (host.equals("index.docker.io")) {
            host = HUB;
        }
        return host + "/" + (host.equals(HUB) && path.indexOf('/') < 0 ? "library/" + path : path);
    }

    /// The registry's host, `docker.io` where the name says none.
    public static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return host ? first : HUB;
    }
}
