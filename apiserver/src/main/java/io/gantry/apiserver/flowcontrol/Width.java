package io.gantry.apiserver.flowcontrol;

/// How many seats a request counts for (upstream `flowcontrol/request/list_work_estimator.go`).
final class Width {
    private static final int OBJECTS_A_SEAT = 100;
    private static final int MAX_SEATS = 10;

    private Width() {}

    static int ofList(int objects) {
        return Math.clamp((objects + OBJECTS_A_SEAT - 1) / OBJECTS_A_SEAT, 1, MAX_SEATS);
    }
}
