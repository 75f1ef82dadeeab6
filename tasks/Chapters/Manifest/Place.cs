namespace DssPipeline.Chapters;

/// <summary>A place in a file, counted from one; or a <c>--set</c>, which has no line.</summary>
public sealed record Place(string Source, int Line = 0, int Column = 0) : IComparable<Place>
{
    public static bool operator <(Place left, Place right) => left.CompareTo(right) < 0;

    public static bool operator >(Place left, Place right) => left.CompareTo(right) > 0;

    public static bool operator <=(Place left, Place right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Place left, Place right) => left.CompareTo(right) >= 0;

    public int CompareTo(Place? other) =>
        other is null ? 1 : (Line == 0, Source, Line, Column).CompareTo((other.Line == 0, other.Source, other.Line, other.Column));

    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}
