using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace EE569.Engine;

/// <summary>The one check of options: by the attributes of their properties, which say the values that each may have. Compiled into the trainers as well.</summary>
internal static class OptionCheck
{
    /// <summary>Checks every option, of a list every element.</summary>
    /// <param name="options">The options.</param>
    /// <param name="prefix">What stands before their names in messages.</param>
    /// <param name="homes">Types whose properties of the same names say the rules of options that have none of their own.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option breaks a rule; the message names option, rule and value.</exception>
    public static void Validate(object options, string prefix = "", params Type[] homes)
    {
        foreach (PropertyInfo option in options.GetType().GetProperties())
        {
            foreach (ValidationAttribute rule in RulesOf(option, homes))
            {
                object? value = option.GetValue(options);
                foreach (object? item in value is IEnumerable<int> list ? list.Cast<object?>() : [value])
                {
                    Require(rule.IsValid(item), prefix + option.Name, item, Text(rule));
                }
            }
        }
    }

    /// <summary>For a rule that joins two options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The condition does not hold.</exception>
    public static void Require(bool condition, string option, object? value, string rule)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(option, FormattableString.Invariant($"{option} must be {rule}, it is {value ?? "null"}."));
        }
    }

    /// <summary>The values that an option may have, in words; empty where any will do.</summary>
    public static string Rule(PropertyInfo option, params Type[] homes) => string.Join(" and ", RulesOf(option, homes).Where(rule => rule is not RequiredAttribute).Select(Text));

    private static ValidationAttribute[] RulesOf(PropertyInfo option, Type[] homes) => homes.Select(home => home.GetProperty(option.Name)).Prepend(option)
        .Select(property => property?.GetCustomAttributes<ValidationAttribute>().ToArray() ?? []).FirstOrDefault(rules => rules.Length > 0) ?? [];

    private static string Text(ValidationAttribute rule) => rule switch
    {
        EnumDataTypeAttribute choice => $"one of {string.Join(", ", Enum.GetNames(choice.EnumType))}",
        RangeAttribute { Minimum: double.MinValue } => "finite",
        RangeAttribute range => FormattableString.Invariant($"{(range.MinimumIsExclusive ? "above" : "at least")} {range.Minimum}") + range.Maximum switch
        {
            int.MaxValue or double.PositiveInfinity => "",
            double.MaxValue => " and finite",
            var maximum => FormattableString.Invariant($" and {(range.MaximumIsExclusive ? "below" : "at most")} {maximum}"),
        },
        _ => "set",
    };
}
