package io.refugium.storage.memory;

import io.refugium.storage.Store;
import io.refugium.storage.StoreContract;
import java.util.function.LongSupplier;

class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open(LongSupplier clock) {
    return new MemoryStore(clock);
  }
}
