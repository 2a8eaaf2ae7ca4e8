package io.gantry.kubelet.simulated;

import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.ContainerRuntimeContract;
import java.time.Clock;

class SimulatedRuntimeTest extends ContainerRuntimeContract {
    private final SimulatedRuntime runtime = new SimulatedRuntime(Clock.systemUTC());

    @Override
    protected ContainerRuntime runtime() {
        return runtime;
    }

    @Override
    protected String image() {
        return "any/image:1";
    }

    @Override
    protected String logs() {
        return "/nowhere";
    }
}
