package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Response;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/// Which writes an event loop can carry: those of one small object of a built-in kind whose admission asks
/// nobody outside the server, once such a write has read and made what it needs. All others compute for
/// long or hold their carrier (class initializers, reading the store, resolving a webhook's name), for
/// which every connection of the loop would wait. Thread-safe.
final class BriefWrites {
    private static final int BODY_BYTES = 32 * 1024;

    /// Their writes make schemas, routes and clients.
    private static final Set<String> EXTENSIONS =
            Set.of("apiextensions.k8s.io", "admissionregistration.k8s.io", "apiregistration.k8s.io");

    private final AdmissionChain admission;
    private final Set<Sort> done = ConcurrentHashMap.newKeySet();

    /// Writes of one sort need the same things.
    private record Sort(String group, String version, String plural, String subresource, String verb) {}

    BriefWrites(AdmissionChain admission) {
        this.admission = admission;
    }

    /// The work as an answer to come.
    Answer later(Call call, Callable<Response> work) {
        Sort sort = new Sort(
                call.info().group(),
                call.info().version(),
                call.info().plural(),
                call.info().subresource(),
                call.info().verb());
        if (done.contains(sort)) {
            return new Answer.Later(work, isBrief(call));
        }
        return Answer.later(() -> {
            Response response = work.call();
            done.add(sort);
            return response;
        });
    }

    private boolean isBrief(Call call) {
        return call.request().body().length <= BODY_BYTES
                && !call.resource().custom()
                && !EXTENSIONS.contains(call.info().group())
                && admission.isBrief();
    }
}
