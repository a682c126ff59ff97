using System.Globalization;
using System.Text;

namespace EE569.Benchmarks.Report;

/// <summary>A small SVG plot of measured points and their straight line, both axes from zero.</summary>
internal static class LinePlot
{
    private const int Width = 360;
    private const int Height = 240;
    private const int Left = 56;
    private const int Bottom = 40;
    private const int Margin = 24;

    public static string Draw(string title, string xLabel, string yLabel, IReadOnlyList<(double X, double Y)> points, LinearFit fit)
    {
        double xMaximum = points.Max(point => point.X), yMaximum = points.Max(point => point.Y) * 1.05;
        double Across(double x) => Left + (x / xMaximum * (Width - Left - Margin));
        double Down(double y) => Height - Bottom - (Math.Clamp(y / yMaximum, 0, 1) * (Height - Bottom - Margin));
        var svg = new StringBuilder();
        svg.AppendLine(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"11\">"));
        svg.AppendLine(Text($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>"));
        svg.AppendLine(Text($"<text x=\"{Width / 2}\" y=\"15\" text-anchor=\"middle\" font-size=\"12\">{title}</text>"));
        svg.AppendLine(Text($"<path d=\"M{Left} {Margin}V{Height - Bottom}H{Width - Margin}\" fill=\"none\" stroke=\"#333\"/>"));
        svg.AppendLine(Text($"<line x1=\"{Across(0):F1}\" y1=\"{Down(fit.At(0)):F1}\" x2=\"{Across(xMaximum):F1}\" y2=\"{Down(fit.At(xMaximum)):F1}\" stroke=\"#c60\"/>"));
        foreach ((double x, double y) in points)
        {
            svg.AppendLine(Text($"<circle cx=\"{Across(x):F1}\" cy=\"{Down(y):F1}\" r=\"3.5\" fill=\"#06c\"/>"));
        }

        svg.AppendLine(Text($"<text x=\"{Width - Margin}\" y=\"{Height - Bottom + 14}\" text-anchor=\"end\">{Format.Number(xMaximum)}</text>"));
        svg.AppendLine(Text($"<text x=\"{Left}\" y=\"{Height - Bottom + 14}\" text-anchor=\"middle\">0</text>"));
        svg.AppendLine(Text($"<text x=\"{(Width + Left) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{xLabel}</text>"));
        svg.AppendLine(Text($"<text x=\"{Left - 6}\" y=\"{Margin + 8}\" text-anchor=\"end\">{Format.Number(yMaximum)}</text>"));
        svg.AppendLine(Text($"<text x=\"14\" y=\"{Height / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {Height / 2})\">{yLabel}</text>"));
        return svg.AppendLine("</svg>").ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
