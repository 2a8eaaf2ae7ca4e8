package io.gantry.kubelet.cluster;

import io.gantry.api.core.v1.secret.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// A Secret's data as bytes; the record holds it as it goes over the wire, in base64.
public final class SecretData {
    private SecretData() {}

    public static Map<String, byte[]> of(Secret secret) {
        Map<String, byte[]> data = new TreeMap<>();
        secret.data()
                .forEach((key, value) -> data.put(key, Base64.getMimeDecoder().decode(value)));
        return data;
    }
}
