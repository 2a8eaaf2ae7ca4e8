package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import io.gantry.api.validation.TextForms;
import java.util.List;

/// Names and addresses inside a pod: dnsConfig, hostAliases, hostnameOverride (upstream `validatePodDNSConfig`,
/// `ValidateHostAliases`, `validatePodHostName`).
final class PodDnsValidation {
    private static final int MAX_NAMESERVERS = 3;
    private static final int MAX_SEARCHES = 32;
    private static final int MAX_SEARCH_CHARACTERS = 2048;
    private static final int MAX_HOST_NAME = 64;

    private PodDnsValidation() {}

    static void check(PodSpec spec, String path, FieldErrors errors) {
        PodDNSConfig config = spec.dnsConfig();
        String at = path + ".dnsConfig";
        if ("None".equals(spec.dnsPolicy())) {
            if (config == null) {
                errors.required(at, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (config.nameservers().isEmpty()) {
                errors.required(
                        at + ".nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (config != null) {
            config(config, at, errors);
        }
    }

    static void hostAliases(List<HostAlias> aliases, String path, FieldErrors errors) {
        for (int i = 0; i < aliases.size(); i++) {
            HostAlias alias = aliases.get(i);
            References.ip(alias.ip(), path + "[" + i + "].ip", errors);
            for (int h = 0; h < alias.hostnames().size(); h++) {
                References.format(
                        alias.hostnames().get(h), Names::subdomain, path + "[" + i + "].hostnames[" + h + "]", errors);
            }
        }
    }

    static void hostname(PodSpec spec, String path, FieldErrors errors) {
        String name = spec.hostnameOverride();
        if (name == null) {
            return;
        }
        String at = path + ".hostnameOverride";
        if (Boolean.TRUE.equals(spec.setHostnameAsFQDN())) {
            errors.forbidden(at, "may not be specified when setHostnameAsFQDN is true");
        }
        if (Boolean.TRUE.equals(spec.hostNetwork())) {
            errors.forbidden(at, "may not be specified when hostNetwork is true");
        }
        if (name.length() > MAX_HOST_NAME) {
            errors.tooLong(at, MAX_HOST_NAME);
        }
        References.format(name, Names::subdomain, at, errors);
    }

    private static void config(PodDNSConfig config, String at, FieldErrors errors) {
        if (config.nameservers().size() > MAX_NAMESERVERS) {
            errors.invalid(
                    at + ".nameservers",
                    config.nameservers(),
                    "must not have more than " + MAX_NAMESERVERS + " nameservers");
        }
        for (int i = 0; i < config.nameservers().size(); i++) {
            References.ip(config.nameservers().get(i), at + ".nameservers[" + i + "]", errors);
        }
        if (config.searches().size() > MAX_SEARCHES) {
            errors.invalid(
                    at + ".searches", config.searches(), "must not have more than " + MAX_SEARCHES + " search paths");
        }
        if (String.join(" ", config.searches()).length() > MAX_SEARCH_CHARACTERS) {
            errors.invalid(
                    at + ".searches",
                    config.searches(),
                    "must not have more than " + MAX_SEARCH_CHARACTERS
                            + " characters (including spaces) in the search list");
        }
        for (int i = 0; i < config.searches().size(); i++) {
            String search = config.searches().get(i);
            if (!search.equals(".")) {
                String name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
                References.format(name, TextForms::dnsSubdomainWithUnderscore, at + ".searches[" + i + "]", errors);
            }
        }
        for (int i = 0; i < config.options().size(); i++) {
            if (text(config.options().get(i).name()).isEmpty()) {
                errors.required(at + ".options[" + i + "]", "must not be empty");
            }
        }
    }
}
