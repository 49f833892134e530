package io.refugium.model;

/**
 * A value of the data model that both languages share. Values are immutable and thread-safe.
 *
 * <p>Everything but {@link RuntimeValue} can be stored. {@code equals} is structural and strict:
 * {@code 1} and {@code 1.0} differ, the order of object fields does not count. For the total order
 * over all kinds see {@link ValueOrder}.
 */
public sealed interface Value
    permits NullValue,
        BooleanValue,
        LongValue,
        DoubleValue,
        StringValue,
        BytesValue,
        TimeValue,
        DateValue,
        UuidValue,
        Ref,
        LambdaValue,
        ArrayValue,
        ObjectValue,
        TransactionTime,
        RuntimeValue {}
