package io.gantry.apiserver.discovery;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Versions by preference: stable before beta before alpha, higher numbers first, then everything else by
/// name (upstream `k8s.io/apimachinery/pkg/version`, `CompareKubeAwareVersionStrings` reversed).
public final class VersionOrder implements Comparator<String> {
    public static final VersionOrder INSTANCE = new VersionOrder();

    private static final Pattern KUBE = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

    private VersionOrder() {}

    @Override
    public int compare(String left, String right) {
        Matcher first = KUBE.matcher(left);
        Matcher second = KUBE.matcher(right);
        boolean firstMatches = first.matches();
        boolean secondMatches = second.matches();
        if (!firstMatches || !secondMatches) {
            return firstMatches == secondMatches ? left.compareTo(right) : firstMatches ? -1 : 1;
        }
        int byStability = Integer.compare(stability(second), stability(first));
        if (byStability != 0) {
            return byStability;
        }
        int byMajor = Integer.compare(number(second, 1), number(first, 1));
        return byMajor != 0 ? byMajor : Integer.compare(number(second, 3), number(first, 3));
    }

    private static int stability(Matcher version) {
        String stage = version.group(2);
        return stage == null ? 2 : stage.equals("beta") ? 1 : 0;
    }

    private static int number(Matcher version, int group) {
        String digits = version.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
