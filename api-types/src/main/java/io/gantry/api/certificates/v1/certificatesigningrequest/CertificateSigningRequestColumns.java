package io.gantry.api.certificates.v1.certificatesigningrequest;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.HumanDuration;
import io.gantry.api.printer.Cells;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The columns of CertificateSigningRequests (upstream `printCertificateSigningRequest`).
final class CertificateSigningRequestColumns {
    private CertificateSigningRequestColumns() {}

    static List<Column> all() {
        return List.of(
                Column.age(),
                Column.text("SignerName", "Who is asked to sign.", Cells.text("spec.signerName", Cells.NONE)),
                Column.text("Requestor", "Who asks.", Cells.text("spec.username")),
                Column.text("RequestedDuration", "How long it shall be valid.", (csr, now) -> duration(csr)),
                Column.text("Condition", "What became of the request.", (csr, now) -> condition(csr)));
    }

    private static String duration(JsonNode csr) {
        JsonNode seconds = csr.path("spec").path("expirationSeconds");
        return seconds.isNumber() ? HumanDuration.format(Duration.ofSeconds(seconds.asLong())) : Cells.NONE;
    }

    private static String condition(JsonNode csr) {
        boolean approved = false;
        boolean denied = false;
        boolean failed = false;
        for (JsonNode condition : csr.path("status").path("conditions")) {
            String type = condition.path("type").asString("");
            approved |= type.equals("Approved");
            denied |= type.equals("Denied");
            failed |= type.equals("Failed");
        }
        String status = denied ? "Denied" : approved ? "Approved" : "Pending";
        boolean issued = !csr.path("status").path("certificate").asString("").isEmpty();
        return status + (failed ? ",Failed" : "") + (issued ? ",Issued" : "");
    }
}
