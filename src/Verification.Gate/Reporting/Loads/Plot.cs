using System.Globalization;

namespace Verification.Gate.Reporting.Loads;

/// <summary>A place for lines in a picture, with its own scale of values from 0. Lengths are in units of the picture.</summary>
/// <param name="Title">What its lines are, with the unit.</param>
/// <param name="Left">Where it begins.</param>
/// <param name="Top">Where its highest value is.</param>
/// <param name="Right">Where it ends.</param>
/// <param name="Bottom">Where 0 is.</param>
/// <param name="Highest">Its highest value, in words.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record Plot(string Title, int Left, int Top, int Right, int Bottom, string Highest, IReadOnlyList<PlotLine> Lines)
{
    private static readonly double[] Steps = [1, 2, 5, 10];

    /// <summary>Lines in a place.</summary>
    /// <param name="title">What they are, with the unit.</param>
    /// <param name="place">The place.</param>
    /// <param name="width">The highest of the values that lie from left to right.</param>
    /// <param name="lines">The lines.</param>
    public static Plot Of(string title, (int Left, int Top, int Right, int Bottom) place, double width, IReadOnlyList<PlotSeries> lines)
    {
        var highest = Round(lines.SelectMany(line => line.Points).Select(point => point.Y).DefaultIfEmpty().Max());
        string At((double X, double Y) point) =>
            $"{N(place.Left + (point.X / width * (place.Right - place.Left)))},{N(place.Bottom - (point.Y / highest * (place.Bottom - place.Top)))}";
        return new Plot(
            title,
            place.Left,
            place.Top,
            place.Right,
            place.Bottom,
            Figures.Number(highest),
            [.. lines.Select(line => new PlotLine(line.Kind, string.Join(' ', line.Points.Select(At)), line.Name))]
        );
    }

    /// <summary>A number of the picture.</summary>
    public static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The next of 1, 2, 5, 10, 20, … above a value.</summary>
    private static double Round(double value)
    {
        if (value <= 0)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return Steps.First(step => step * power >= value) * power;
    }
}

/// <summary>What a line is drawn of.</summary>
/// <param name="Kind">What it is of: a class of the style sheet.</param>
/// <param name="Points">Its values, from left to right.</param>
/// <param name="Name">What it is of where its kind does not say so; else empty.</param>
internal sealed record PlotSeries(string Kind, IReadOnlyList<(double X, double Y)> Points, string Name = "");

/// <summary>A line.</summary>
/// <param name="Kind">What it is of: a class of the style sheet.</param>
/// <param name="Points">Where it goes.</param>
/// <param name="Name">What it is of where its kind does not say so; else empty.</param>
internal sealed record PlotLine(string Kind, string Points, string Name = "");

/// <summary>A mark at an axis.</summary>
/// <param name="X">Where, from the left.</param>
/// <param name="Label">What it says.</param>
internal sealed record PlotMark(string X, string Label);
