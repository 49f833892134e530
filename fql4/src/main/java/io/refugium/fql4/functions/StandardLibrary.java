package io.refugium.fql4.functions;

import io.refugium.fql4.language.Library;
import java.util.List;

/** All families of functions: one line each. */
public final class StandardLibrary {
  private StandardLibrary() {}

  public static Library create() {
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
