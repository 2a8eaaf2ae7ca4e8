package io.gantry.kubelet.image;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The other names of an image that a pull brought for the first time: somebody had put it on the node
/// under these before, and pods that know it so go on using it. (Upstream's kubelet makes them pull, as it
/// knows by the image's id alone what it pulled; nodes of ours often have images that no registry has.)
/// Pure.
final class PreloadedNames {
    private static final String DOCKER = "docker.io/";
    private static final String LIBRARY = "library/";

    private PreloadedNames() {}

    /// As pods may write them, without tags.
    ///
    /// @param pulled what the pull was of, as a pod has it
    /// @param tags what the runtime calls the image
    /// @param begun of which pulls began as well: what they bring is not for everybody
    static Set<String> beside(String pulled, List<String> tags, List<String> begun) {
        Set<String> names = new TreeSet<>();
        tags.forEach(tag -> ImageName.withoutTag(tag).ifPresent(name -> names.addAll(spellings(name))));
        names.removeAll(ofPull(pulled));
        begun.forEach(image -> names.removeAll(ofPull(image)));
        return names;
    }

    private static Set<String> ofPull(String image) {
        String name = ImageName.withoutTag(image).orElse(image);
        return spellings(
                ImageName.registry(name).equals("docker.io") && !name.startsWith(DOCKER) ? DOCKER + name : name);
    }

    /// Docker's own registry and its library need not be named.
    private static Set<String> spellings(String name) {
        if (!name.startsWith(DOCKER)) {
            return Set.of(name);
        }
        String path = name.substring(DOCKER.length());
        String bare = path.startsWith(LIBRARY) ? path.substring(LIBRARY.length()) : path;
        return bare.contains("/")
                ? Set.of(DOCKER + bare, bare)
                : Set.of(DOCKER + LIBRARY + bare, DOCKER + bare, LIBRARY + bare, bare);
    }
}
