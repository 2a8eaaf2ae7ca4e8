package io.gantry.scheduler.devices;

/// A pool of a driver.
record PoolId(String driver, String pool) implements Comparable<PoolId> {
    @Override
    public int compareTo(PoolId other) {
        int byDriver = driver.compareTo(other.driver);
        return byDriver == 0 ? pool.compareTo(other.pool) : byDriver;
    }

    @Override
    public String toString() {
        return driver + "/" + pool;
    }
}
