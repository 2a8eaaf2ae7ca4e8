package io.gantry.api.core.v1.pod;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Options of security contexts on Windows (upstream `validateWindowsSecurityContextOptions`): no node here is one, but
/// the objects are the same.
final class WindowsValidation {
    private static final int MAX_SPEC_KILOBYTES = 64;
    private static final int MAX_DOMAIN = 256;
    private static final int MAX_USER = 104;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NET_BIOS = Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
    private static final Pattern DOMAIN = Pattern.compile("(?:\\w[\\w-]{0,62}\\.)*\\w[\\w-]{0,62}");
    private static final Pattern DOTS = Pattern.compile("[. ]+");
    private static final String ODD = "\"/\\:;|=,+*?<>@[]";

    private WindowsValidation() {}

    static void options(@Nullable WindowsSecurityContextOptions options, String path, FieldErrors errors) {
        if (options == null) {
            return;
        }
        References.present(
                options.gmsaCredentialSpecName(), Names::subdomain, path + ".gmsaCredentialSpecName", errors);
        credentials(options.gmsaCredentialSpec(), path + ".gmsaCredentialSpec", errors);
        if (options.runAsUserName() != null) {
            user(options.runAsUserName(), path + ".runAsUserName", errors);
        }
    }

    private static void credentials(@Nullable String spec, String path, FieldErrors errors) {
        if (spec != null && spec.isEmpty()) {
            errors.invalid(path, spec, "gmsaCredentialSpec cannot be an empty string");
        } else if (spec != null && spec.length() > MAX_SPEC_KILOBYTES * 1024) {
            errors.invalid(path, spec, "gmsaCredentialSpec size must be under " + MAX_SPEC_KILOBYTES + " KiB");
        }
    }

    private static void user(String name, String path, FieldErrors errors) {
        String[] parts = name.split("\\\\", -1);
        if (name.isEmpty()) {
            errors.invalid(path, name, "runAsUserName cannot be an empty string");
        } else if (CONTROL.matcher(name).find()) {
            errors.invalid(path, name, "runAsUserName cannot contain control characters");
        } else if (parts.length > 2) {
            errors.invalid(path, name, "runAsUserName cannot contain more than one backslash");
        } else {
            if (parts.length == 2) {
                domain(name, parts[0], path, errors);
            }
            account(name, parts[parts.length - 1], path, errors);
        }
    }

    private static void domain(String name, String domain, String path, FieldErrors errors) {
        if (domain.length() >= MAX_DOMAIN) {
            errors.invalid(path, name, "runAsUserName's Domain length must be under " + MAX_DOMAIN + " characters");
        }
        if (!NET_BIOS.matcher(domain).matches() && !DOMAIN.matcher(domain).matches()) {
            errors.invalid(path, name, "runAsUserName's Domain doesn't match the NetBios nor the DNS format");
        }
    }

    private static void account(String name, String user, String path, FieldErrors errors) {
        if (user.isEmpty()) {
            errors.invalid(path, name, "runAsUserName's User cannot be empty");
        } else if (user.length() > MAX_USER) {
            errors.invalid(
                    path, name, "runAsUserName's User length must not be longer than " + MAX_USER + " characters");
        }
        if (DOTS.matcher(user).matches()) {
            errors.invalid(path, name, "runAsUserName's User cannot contain only periods or spaces");
        }
        if (user.chars().anyMatch(c -> ODD.indexOf(c) >= 0)) {
            errors.invalid(path, name, "runAsUserName's User cannot contain the following characters: " + ODD);
        }
    }
}
