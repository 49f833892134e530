package io.refugium.fql4;

import java.util.List;

/** All families of functions: one line each. */
final class StandardLibrary {
  private StandardLibrary() {}

  static Library create() {
    return Library.of(
        List.of(
            BasicFunctions::define,
            ReadFunctions::define,
            PageFunctions::define,
            WriteFunctions::define,
            HistoryFunctions::define,
            CallFunctions::define,
            IdentityFunctions::define,
            RefFunctions::define,
            SelectFunctions::define,
            CollectionFunctions::define,
            FoldFunctions::define,
            SetFunctions::define,
            ObjectFunctions::define,
            ConditionFunctions::define,
            MathFunctions::define,
            StringFunctions::define,
            RegexFunctions::define,
            FormatFunction::define,
            TimeFunctions::define,
            ConversionFunctions::define,
            TypeCheckFunctions::define));
  }
}
