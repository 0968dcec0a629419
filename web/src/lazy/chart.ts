/** The chart of tone, drawn by Chart.js; loaded only where a chart is shown. */
import { BarController, BarElement, CategoryScale, Chart, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import { stillness, type Colors } from '../ui/colors';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip);

export interface Period { label: string; coop: number; coop2: number; conflict: number; conflict2: number }

/** Bars of cooperation upwards and of conflict downwards, in periods. */
export function drawTone(canvas: HTMLCanvasElement, periods: Period[], colors: Colors): () => void {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.color = colors.faint;
  const bar = (label: string, color: string, values: number[]) => ({ label, data: values, backgroundColor: color, stack: 'all', borderWidth: 0, borderRadius: 1, maxBarThickness: 26, categoryPercentage: 0.82, barPercentage: 1 });
  const chart = new Chart(canvas, {
    type: 'bar',
    data: {
      labels: periods.map((p) => p.label),
      datasets: [
        bar('Material cooperation', colors.coop, periods.map((p) => p.coop2)),
        bar('Verbal cooperation', colors.coop2, periods.map((p) => p.coop)),
        bar('Material conflict', colors.conflict, periods.map((p) => -p.conflict2)),
        bar('Verbal conflict', colors.conflict2, periods.map((p) => -p.conflict)),
      ],
    },
    options: {
      maintainAspectRatio: false,
      animation: stillness() ? false : { duration: 250 },
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { stacked: true, grid: { display: false }, border: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 14 } },
        y: { stacked: true, grid: { color: colors.line }, border: { display: false }, ticks: { precision: 0, callback: (value) => String(Math.abs(Number(value))) } },
      },
      plugins: {
        tooltip: {
          backgroundColor: colors.ink, titleColor: colors.paper, bodyColor: colors.paper, cornerRadius: 3, displayColors: false,
          filter: (item) => item.raw !== 0,
          callbacks: { label: (item) => `${item.dataset.label}: ${Math.abs(Number(item.raw))}` },
        },
      },
    },
  });
  return () => chart.destroy();
}
