package io.gantry.kubelet.node;

import io.gantry.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The network configuration of the node's pods: a bridge, with addresses from the node's pod range. Masquerading and
/// host ports are kube-proxy's.
///
/// @param confDir where the runtime looks for it
/// @param dataDir where addresses in use are kept
public record CniConfig(Path confDir, Path dataDir) {
    private static final String FILE = "10-gantry.conflist";

    /// The bridge that pods hang on.
    public static final String BRIDGE = "gantry0";

    /// Writes the configuration unless it is there already; says whether it changed.
    public boolean write(List<String> podCidrs) throws IOException {
        byte[] text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(config(podCidrs));
        Path file = confDir.resolve(FILE);
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), text)) {
            return false;
        }
        Files.createDirectories(confDir);
        Path temporary = confDir.resolve("." + FILE);
        Files.write(temporary, text);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private Map<String, Object> config(List<String> podCidrs) {
        List<Object> ranges = new ArrayList<>();
        for (String cidr : podCidrs) {
            ranges.add(List.of(Map.of("subnet", cidr)));
        }
        Map<String, Object> ipam = new LinkedHashMap<>();
        ipam.put("type", "host-local");
        ipam.put("dataDir", dataDir.toString());
        ipam.put("ranges", ranges);
        Map<String, Object> bridge = new LinkedHashMap<>();
        bridge.put("type", "bridge");
        bridge.put("bridge", BRIDGE);
        bridge.put("isGateway", true);
        bridge.put("isDefaultGateway", true);
        bridge.put("ipMasq", false);
        bridge.put("hairpinMode", true);
        bridge.put("ipam", ipam);
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("cniVersion", "0.4.0");
        list.put("name", "gantry");
        list.put("plugins", List.of(bridge));
        return list;
    }
}
