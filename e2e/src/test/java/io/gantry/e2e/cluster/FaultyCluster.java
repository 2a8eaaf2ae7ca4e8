package io.gantry.e2e.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A class of tests that kills, replaces or reboots what it runs on, and says what becomes of it: parameters of type
/// [TestCluster] are a cluster that such classes share.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(FaultyCluster.Provider.class)
@OtherMachines
public @interface FaultyCluster {
    /// Makes the cluster when it is first asked for.
    final class Provider extends SharedCluster.Provider {
        public Provider() {
            super(SharedCluster.Place.OF_FAULTS);
        }
    }
}
