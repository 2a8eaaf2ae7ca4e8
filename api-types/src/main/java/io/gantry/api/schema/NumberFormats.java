package io.gantry.api.schema;

import com.google.re2j.Pattern;

/// Formats of numbers with a check digit, and of one without (upstream
/// `kube-openapi/pkg/internal/third_party/govalidator`).
final class NumberFormats {
    private static final int SOCIAL_LENGTH = 11;
    private static final Pattern SOCIAL = Pattern.compile("\\d{3}[- ]?\\d{2}[- ]?\\d{4}");
    private static final Pattern ISBN10 = Pattern.compile("[0-9]{9}[X0-9]");
    private static final Pattern ISBN13 = Pattern.compile("[0-9]{13}");
    private static final Pattern CARD = Pattern.compile("4[0-9]{12}([0-9]{3})?|5[1-5][0-9]{14}"
            + "|6(011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(0[0-5]|[68][0-9])[0-9]{11}|(2131|1800|35\\d{3})\\d{11}");

    private NumberFormats() {}

    static boolean isIsbn(String text) {
        return isIsbn10(text) || isIsbn13(text);
    }

    static boolean isIsbn10(String text) {
        String digits = text.replaceAll("[\\s-]", "");
        if (!ISBN10.matcher(digits).matches()) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            int digit = digits.charAt(i) == 'X' ? 10 : digits.charAt(i) - '0';
            sum += (i + 1) * digit;
        }
        return sum % 11 == 0;
    }

    static boolean isIsbn13(String text) {
        String digits = text.replaceAll("[\\s-]", "");
        if (!ISBN13.matcher(digits).matches()) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += (i % 2 == 0 ? 1 : 3) * (digits.charAt(i) - '0');
        }
        return sum % 10 == 0;
    }

    static boolean isCreditCard(String text) {
        String digits = text.replaceAll("[^0-9]", "");
        if (!CARD.matcher(digits).matches()) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int counted = i % 2 == 0 ? digit : 2 * digit;
            sum += counted / 10 + counted % 10;
        }
        return sum % 10 == 0;
    }

    static boolean isSocialSecurity(String text) {
        return text.length() == SOCIAL_LENGTH && SOCIAL.matcher(text).matches();
    }
}
