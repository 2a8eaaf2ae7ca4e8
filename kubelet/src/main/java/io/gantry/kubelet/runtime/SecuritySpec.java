package io.gantry.kubelet.runtime;

import java.util.List;
import java.util.OptionalLong;

/// Who a container runs as and what it may do; the sandbox uses the same with fewer fields.
///
/// @param userName used where the user is given by name (from an image)
/// @param strictGroups whether the user gets no groups beside these, where its image says so too
/// @param noNewPrivileges the process and its children cannot gain privileges
public record SecuritySpec(
        Namespaces namespaces,
        OptionalLong user,
        OptionalLong group,
        String userName,
        List<Long> supplementalGroups,
        boolean strictGroups,
        boolean privileged,
        boolean readOnlyRoot,
        boolean noNewPrivileges,
        List<String> addCapabilities,
        List<String> dropCapabilities,
        Profile seccomp,
        Profile appArmor,
        List<String> maskedPaths,
        List<String> readonlyPaths) {
    public SecuritySpec {
        supplementalGroups = List.copyOf(supplementalGroups);
        addCapabilities = List.copyOf(addCapabilities);
        dropCapabilities = List.copyOf(dropCapabilities);
        maskedPaths = List.copyOf(maskedPaths);
        readonlyPaths = List.copyOf(readonlyPaths);
    }

    /// Namespaces of a container.
    ///
    /// @param targetId the container whose process namespace is shared; empty for none
    public record Namespaces(
            boolean hostNetwork, boolean hostPid, boolean hostIpc, boolean sharedPid, String targetId) {}

    /// A seccomp or AppArmor profile.
    public record Profile(Type type, String localhostRef) {
        public static final Profile RUNTIME_DEFAULT = new Profile(Type.RUNTIME_DEFAULT, "");
        public static final Profile UNCONFINED = new Profile(Type.UNCONFINED, "");

        /// The runtime decides; also where the host has no such thing.
        public static final Profile UNSET = new Profile(Type.UNSET, "");

        /// Where the profile comes from.
        public enum Type {
            RUNTIME_DEFAULT,
            UNCONFINED,
            LOCALHOST,
            UNSET
        }
    }
}
