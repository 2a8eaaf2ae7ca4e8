package io.gantry.controllermanager.deployment;

import io.gantry.api.Json;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpecBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// The hash of a pod template in names and labels: FNV-1a over its JSON, written with upstream's alphabet, which has no
/// vowels and no digits that look like them (`apimachinery/pkg/util/rand` `SafeEncodeString`).
public final class TemplateHash {
    public static final String LABEL = "pod-template-hash";
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int MAX_NAME = 253;
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private TemplateHash() {}

    /// @param collisions how often a hash was taken by another template; changes the hash
    public static String of(PodTemplateSpec template, int collisions) {
        int hash = fnv(FNV_OFFSET, Json.MAPPER.writeValueAsBytes(template));
        if (collisions > 0) {
            hash = fnv(hash, ByteBuffer.allocate(4).putInt(collisions).array());
        }
        return encode(Integer.toUnsignedString(hash));
    }

    /// The name of a set: the owner's, cut where the whole would be too long for a name, and the hash.
    static String name(String owner, String hash) {
        int room = MAX_NAME - hash.length() - 1;
        return (owner.length() > room ? owner.substring(0, room) : owner) + "-" + hash;
    }

    /// Whether two templates are the same but for the hash label.
    static boolean same(PodTemplateSpec a, PodTemplateSpec b) {
        return without(a).equals(without(b));
    }

    /// The template with the hash as a label.
    static PodTemplateSpec with(PodTemplateSpec template, String hash) {
        Map<String, String> labels = new LinkedHashMap<>(template.metadata().labels());
        labels.put(LABEL, hash);
        return labelled(template, labels);
    }

    private static PodTemplateSpec without(PodTemplateSpec template) {
        Map<String, String> labels = new LinkedHashMap<>(template.metadata().labels());
        labels.remove(LABEL);
        return labelled(template, labels);
    }

    private static PodTemplateSpec labelled(PodTemplateSpec template, Map<String, String> labels) {
        return PodTemplateSpecBuilder.builder(template)
                .metadata(ObjectMetaBuilder.builder(template.metadata())
                        .labels(labels)
                        .build())
                .build();
    }

    private static int fnv(int seed, byte[] bytes) {
        int hash = seed;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    private static String encode(String digits) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            text.append(ALPHABET.charAt(digits.charAt(i) % ALPHABET.length()));
        }
        return text.toString();
    }
}
